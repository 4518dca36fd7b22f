"""The API's doors to the orders room."""
