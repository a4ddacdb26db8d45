"""Pages that sign users in by DfE Sign-in, choose their school and end their session."""
