"""What guards the page: accounts, the sign-in page, headers, limits."""
