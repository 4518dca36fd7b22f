"""Private Postgres and Valkey as children, for the demo and the tests; never for production."""

from demo.services.both import Addresses, Services
from demo.services.keys import Keys
from demo.services.postgres import DURABLE, SCRATCH, Postgres
from demo.services.valkey import Valkey

__all__ = ["DURABLE", "SCRATCH", "Addresses", "Keys", "Postgres", "Services", "Valkey"]
