"""The notebook: pinned quotes and own notes, as the page shows and changes them."""
