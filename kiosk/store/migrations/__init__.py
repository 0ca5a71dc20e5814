"""How a store of an older version becomes one of this version; :mod:`kiosk.store.upgrade` runs them."""
