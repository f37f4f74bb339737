class CHANGE_TYPE:
    APPOINTMENT = "appointment"
