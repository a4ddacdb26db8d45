"""What a school has answered so far in a journey that is not finished."""
