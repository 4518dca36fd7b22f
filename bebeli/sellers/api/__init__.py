"""The API's doors to the sellers room."""
