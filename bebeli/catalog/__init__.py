"""What is on the shelf: categories, products, variants, stock, pictures, stalls, search."""
