"""The API's doors to the accounts room."""
