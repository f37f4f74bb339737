class EventType:
    """The numbers of Canvas's events.proto."""

    APPOINTMENT_CANCELED = 4
    APPOINTMENT_CHECKED_IN = 5
    APPOINTMENT_CREATED = 6
    APPOINTMENT_NO_SHOWED = 7
    APPOINTMENT_RESCHEDULED = 8
    APPOINTMENT_RESTORED = 9
    APPOINTMENT_UPDATED = 10

    @classmethod
    def Name(cls, number):
        return next(name for name, value in vars(cls).items() if value == number)
