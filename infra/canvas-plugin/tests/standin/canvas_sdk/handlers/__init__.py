from abc import ABC, abstractmethod


class BaseHandler(ABC):
    def __init__(self, event, secrets=None, environment=None):
        self.event = event
        self.secrets = secrets or {}
        self.environment = environment or {}

    @abstractmethod
    def compute(self):
        """The effects to be applied."""
