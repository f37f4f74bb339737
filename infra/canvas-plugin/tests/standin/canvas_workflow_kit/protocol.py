STATUS_NOT_APPLICABLE = "not_applicable"


class ProtocolResult:
    def __init__(self):
        self.status = STATUS_NOT_APPLICABLE
        self.recommendations = []


class ClinicalQualityMeasure:
    def __init__(self, patient, **rest):
        self.patient = patient
        self.settings = {}
        self.field_changes = {}

    def set_context(self, context):
        self.settings = dict(context.get("config", {}))
        self.field_changes = context.get("change_info", {})
