class Patient:
    def __init__(self, data):
        self.patient = data["patient"]
        self.appointments = data.get("appointments", [])
