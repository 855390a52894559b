"""An SMTP server for tests: aiosmtpd, told by a JSON object how to behave.

Prints its port, then serves until it is killed. Every message that it takes goes whole into
`folder` as NNNN.eml before the answer is sent, and a line into `events.jsonl`: what stands
there was taken, whether or not the client ever heard so.
"""

import asyncio
import hashlib
import json
import os
import ssl
import sys

from aiosmtpd.smtp import SMTP, AuthResult

CONFIG = json.loads(sys.argv[1])
FOLDER = CONFIG["folder"]


def tell(event, **more):
    with open(os.path.join(FOLDER, "events.jsonl"), "a", encoding="utf-8") as log:
        log.write(json.dumps({"event": event, **more}, ensure_ascii=False) + "\n")


def authenticate(server, session, envelope, mechanism, data):
    login, password = (getattr(data, part, b"") for part in ("login", "password"))
    fits = login == CONFIG["user"].encode() and password == CONFIG["password"].encode()
    tell("login", user=login.decode("utf-8", "replace"), ok=fits)
    return AuthResult(success=fits, handled=False)


class Handler:
    taken = 0

    async def handle_EHLO(self, server, session, envelope, hostname):
        session.host_name = hostname
        tell("hello", tls=session.ssl is not None or CONFIG["tls"] == "implicit")
        return "250 HELP"

    async def handle_MAIL(self, server, session, envelope, address, options):
        await asyncio.sleep(CONFIG.get("slow", 0))
        envelope.mail_from = address
        envelope.mail_options.extend(options)
        return "250 OK"

    async def handle_RCPT(self, server, session, envelope, address, options):
        later = CONFIG.get("temporary_rcpt", {})
        answer = CONFIG.get("refuse_rcpt", {}).get(address, "250 OK")
        if later.get(address, 0) > 0:
            later[address] -= 1
            answer = "451 4.3.0 try again later"
        tell("recipient", address=address, answer=answer)
        if answer.startswith("2"):
            envelope.rcpt_tos.append(address)
        return answer

    async def handle_DATA(self, server, session, envelope):
        await asyncio.sleep(CONFIG.get("slow_data", 0))
        refused = [CONFIG.get("refuse_data_to", {}).get(address) for address in envelope.rcpt_tos]
        answer = next(filter(None, refused), CONFIG.get("refuse_data"))
        if CONFIG.get("temporary_data", 0) > 0:
            CONFIG["temporary_data"] -= 1
            answer = "451 4.3.0 try again later"
        if answer:
            tell("refused", to=envelope.rcpt_tos, answer=answer)
            return answer
        self.taken += 1
        name = f"{self.taken:04}.eml"
        content = envelope.original_content
        with open(os.path.join(FOLDER, name), "wb") as file:
            file.write(content)
        tell(
            "accepted",
            file=name,
            sender=envelope.mail_from,
            to=envelope.rcpt_tos,
            sha256=hashlib.sha256(content).hexdigest(),
        )
        await asyncio.sleep(CONFIG.get("slow_answer", 0))
        return "250 OK taken"


def tls():
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(CONFIG["certificate"], CONFIG["key"])
    return context


async def main():
    handler, mode = Handler(), CONFIG["tls"]
    options = {"hostname": "mail.yunshan.example", "data_size_limit": CONFIG.get("size", 33554432)}
    if "user" in CONFIG:
        options |= {"authenticator": authenticate, "auth_required": True}
        options["auth_require_tls"] = mode == "starttls"
    if mode == "starttls":
        options |= {"tls_context": tls(), "require_starttls": True}
    loop = asyncio.get_running_loop()
    wrapped = tls() if mode == "implicit" else None
    server = await loop.create_server(lambda: SMTP(handler, loop=loop, **options), "127.0.0.1", 0, ssl=wrapped)
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()


asyncio.run(main())
