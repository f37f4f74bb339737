"""Translates SAM templates with AWS's own translator, as CloudFormation does when a stack is deployed.

Input: a JSON list of {"template": ..., "parameters": {...}}.
Output: {"translated": [...], "createOnly": {type: [property, ...]}}. A template that cannot be translated becomes {"error": why}.
Properties of createOnly cannot be changed in place: with another value, CloudFormation makes a new resource.
"""

import json
import logging
import re
import sys
from pathlib import Path

import boto3
import cfnlint
from samtranslator.model.exceptions import InvalidDocumentException
from samtranslator.parser.parser import Parser
from samtranslator.translator.translator import Translator

REGION = "us-east-1"
TYPE_NAME = re.compile(r'"typeName": "([^"]+)"')


def translated(request):
    translator = Translator({}, Parser(), boto_session=boto3.Session(region_name=REGION))
    try:
        return translator.translate(request["template"], request["parameters"])
    except InvalidDocumentException as e:
        return {"error": e.message + " " + " ".join(cause.message for cause in e.causes)}


def create_only(types):
    properties = {}
    for file in sorted((Path(cfnlint.__file__).parent / "data/schemas/resources").glob("*.json")):
        text = file.read_text()
        name = TYPE_NAME.search(text)
        if name and name.group(1) in types:
            schema = json.loads(text)
            paths = schema.get("createOnlyProperties", [])
            properties[schema["typeName"]] = sorted({path.split("/")[2] for path in paths})
    return properties


def main():
    logging.disable()  # Output is JSON alone.
    done = [translated(request) for request in json.load(sys.stdin)]
    types = {it["Type"] for template in done for it in template.get("Resources", {}).values()}
    json.dump({"translated": done, "createOnly": create_only(types)}, sys.stdout)


main()
