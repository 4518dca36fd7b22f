"""The UMKM: who they are, their papers, who may act for them."""
