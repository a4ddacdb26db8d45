"""Pages that list a school's mentors, show one of them and assign ECTs to them."""
