"""The parts that every page uses: access, sessions, headers, errors and logs."""
