"""The ground every room stands on: money, locks, clock, ring, errors, api, paging, cache. It imports no app."""
