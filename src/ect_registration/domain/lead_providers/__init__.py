"""What a lead provider may know of people, transfers, partnerships and schools."""
