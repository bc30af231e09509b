"""Networks whose every layer can be looked into, and a pad to draw digits for them."""
