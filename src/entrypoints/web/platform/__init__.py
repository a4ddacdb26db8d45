"""What every page rests on: access, sessions, headers, errors and logs."""
