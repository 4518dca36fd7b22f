"""The API's doors to the places room."""
