"""One reader a format; `endings` says which file is read by which."""
