"""What Python's email library finds in messages: an object a file, all of them as one JSON list."""

import email
import email.policy
import hashlib
import json
import sys


def part_of(part):
    content = part.get_payload(decode=True) or b""
    return {
        "name": part.get_filename(),
        "name_in_type": part.get_param("name", header="content-type"),
        "type": part.get_content_type(),
        "size": len(content),
        "sha256": hashlib.sha256(content).hexdigest(),
    }


def message_of(path):
    with open(path, "rb") as file:
        message = email.message_from_binary_file(file, policy=email.policy.default)
    text, html = (message.get_body((kind,)) for kind in ("plain", "html"))
    defects = [repr(defect) for part in message.walk() for defect in part.defects]
    return {
        "file": path,
        "from": [str(address.addr_spec) for address in message["From"].addresses],
        "to": [str(address.addr_spec) for address in (message["To"].addresses if message["To"] else ())],
        "subject": str(message["Subject"]),
        "date": str(message["Date"]),
        "message_id": str(message["Message-ID"]),
        "text": text.get_content() if text else None,
        "html": html.get_content() if html else None,
        "attachments": [part_of(part) for part in message.iter_attachments()],
        "defects": defects,
    }


print(json.dumps([message_of(path) for path in sys.argv[1:]], ensure_ascii=False))
