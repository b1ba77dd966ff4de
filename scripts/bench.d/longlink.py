# SPDX-License-Identifier: Apache-2.0
# Copyright the actorpush authors
"""A long link to a TLS server, on this machine: what is sent takes half a round trip in either direction, and a connection
takes a whole one before anything can be sent over it. Behind it the TLS ends, and a plain server gets the bytes."""

import asyncio, os, ssl, subprocess, threading


def certificate(folder):
    """Makes an authority's certificate and one of localhost, and returns the files: authority, chain, key."""
    authority, chain, key = (os.path.join(folder, name) for name in ("ca.pem", "server.pem", "server.key"))
    openssl = lambda *arguments: subprocess.run(["openssl", *arguments], check=True, capture_output=True, cwd=folder)
    curve = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes"]
    openssl("req", "-x509", *curve, "-keyout", "ca.key", "-out", authority, "-subj", "/CN=bench", "-days", "2",
            "-addext", "basicConstraints=critical,CA:TRUE")
    openssl("req", *curve, "-keyout", key, "-out", "server.csr", "-subj", "/CN=localhost")
    with open(os.path.join(folder, "names"), "w") as file:
        file.write("subjectAltName=DNS:localhost,IP:127.0.0.1\n")
    openssl("x509", "-req", "-in", "server.csr", "-CA", authority, "-CAkey", "ca.key", "-CAcreateserial", "-out", chain,
            "-days", "2", "-extfile", "names")
    return authority, chain, key


class Counts:
    """Connections, and the round trips of the longest chain: what is sent belongs to a chain that is by one longer than the longest
    of which something has arrived, and so does the answer."""

    def __init__(self):
        self.connections = self.arrived = 0


class LongLink:
    """Accepts connections at `port` of localhost, for the server at `target`."""

    def __init__(self, folder, round_trip):
        self.authority, self.chain, self.key = certificate(folder)
        self.half = round_trip / 2
        self.target = None
        self.counts = Counts()
        self.port = None
        ready = threading.Event()
        threading.Thread(target=lambda: asyncio.run(self._serve(ready)), daemon=True).start()
        ready.wait()

    def reset(self):
        """Returns what was counted, and begins anew."""
        counts, self.counts = self.counts, Counts()
        return counts

    async def _serve(self, ready):
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(self.chain, self.key)
        plain = await asyncio.start_server(self._accept, "127.0.0.1", 0)
        inner = await asyncio.start_server(self._end_of_tls, "127.0.0.1", 0, ssl=context)
        self.port = plain.sockets[0].getsockname()[1]
        self.inner = inner.sockets[0].getsockname()[1]
        # A client that goes early ends its connections in the middle of something.
        asyncio.get_running_loop().set_exception_handler(lambda *_: None)
        ready.set()
        await asyncio.gather(plain.serve_forever(), inner.serve_forever())

    async def _end_of_tls(self, reader, writer):
        server = await asyncio.open_connection("127.0.0.1", self.target)
        await asyncio.gather(pump(reader, server[1]), pump(server[0], writer))

    async def _accept(self, reader, writer):
        loop, counts, half = asyncio.get_running_loop(), self.counts, self.half
        counts.connections += 1
        ready = loop.time() + 2 * half
        server_reader, server_writer = await asyncio.open_connection("127.0.0.1", self.inner)
        # The connection takes a round trip, and what is sent over it first takes the next.
        opening, chain = counts.arrived + 2, 0

        def leave(now):
            return max(now, ready) + half, opening if now <= ready else counts.arrived + 1

        def reach_server(number):
            nonlocal chain
            chain = max(chain, number)

        def reach_client(number):
            counts.arrived = max(counts.arrived, number)

        await asyncio.gather(relay(reader, server_writer, leave, reach_server),
                             relay(server_reader, writer, lambda now: (now + half, chain), reach_client))


async def relay(reader, writer, leave, reach):
    """Reads, and delivers each piece later, in order."""
    loop, queue = asyncio.get_running_loop(), asyncio.Queue()

    async def deliver():
        while True:
            data, (at, number) = await queue.get()
            await asyncio.sleep(max(0, at - loop.time()))
            if data:
                reach(number)
            send(writer, data)
            if not data:
                return

    delivering = asyncio.ensure_future(deliver())
    while True:
        data = await piece(reader)
        queue.put_nowait((data, leave(loop.time())))
        if not data:
            return await delivering


async def pump(reader, writer):
    """Reads, and delivers each piece at once."""
    while True:
        data = await piece(reader)
        send(writer, data)
        if not data:
            return


async def piece(reader):
    """What has come; nothing where no more comes."""
    try:
        return await reader.read(1 << 16)
    except (ConnectionError, ssl.SSLError):
        return b""


def send(writer, data):
    """Sends what has come, or that nothing more comes."""
    try:
        writer.write(data) if data else writer.close()
    except (ConnectionError, RuntimeError):
        pass
