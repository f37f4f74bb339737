import logging

log = logging.getLogger("plugin")
