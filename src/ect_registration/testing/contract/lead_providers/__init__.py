"""The part of the contract about what lead providers see."""
