"""The hall of a site with several kiosks: their visitors in one order, called from every counter through the hub."""
