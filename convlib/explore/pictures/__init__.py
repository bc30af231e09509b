"""Still pictures of any chapter: arrays and photographs beside each other."""
