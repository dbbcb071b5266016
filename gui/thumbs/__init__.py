"""Small pictures of what nodes compute: their colours, their arrangement, their painting."""
