"""A session of the client `mcp` from PyPI with `nutgraf mcp`; `.ci/mcp` runs it:   tests/mcp_client.py PROGRAM

The client validates each answer against the schema that the tool promises.
"""
import asyncio
import sys
import tempfile
from pathlib import Path

from mcp import ClientSession, StdioServerParameters
from mcp.client.stdio import stdio_client

ARTICLE = """Ferry returns

The ferry to Orlen returns in June, the council of Selm said on Monday. Two of the four piers were rebuilt.

"Nobody will wait for the tide again," said Clara Venn, the mayor of Selm.
"""
HONEST = '"Nobody will wait for the tide again," said Clara Venn.\n'
FORGED = '"Nobody will wait for the train again," said Clara Venn.\n'


async def talk(program, folder, *flags):
    """Calls every tool; returns the number of answers that fit their schema."""
    server = StdioServerParameters(command=program, args=["mcp", *flags, "--now", "2031-04-02", str(folder)])
    async with stdio_client(server) as streams, ClientSession(*streams) as session:
        greeting = await session.initialize()
        assert greeting.server_info.name == "nutgraf", greeting
        tools = (await session.list_tools()).tools
        assert [t.name for t in tools] == ["verify", "brief", "summarize", "quotes", "search"], tools
        assert all(t.output_schema["type"] == "object" for t in tools), tools

        async def call(name, **arguments):
            return await session.call_tool(name, arguments)

        async def data(name, **arguments):
            answer = await call(name, **arguments)
            assert not answer.is_error, answer
            assert answer.content[0].text, answer
            return answer.structured_content

        assert (await data("verify", draft=HONEST))["holds"]
        report = await data("verify", draft=FORGED)
        assert not report["holds"] and report["findings"][0]["code"] == "word_changed", report
        report = await data("verify", draft="The ferry returns in June.\n", claims=True)
        assert report["supported"][0]["places"][0]["text"].startswith("The ferry to Orlen"), report
        report = await data("verify", draft="The ferry returns in May.\n", claims=True)
        assert not report["holds"], report
        assert (await data("brief", words=40))["stories"], "an empty briefing"
        assert (await data("summarize", words=20))["sentences"]
        assert (await data("quotes"))["articles"][0]["quotes"][0]["speaker"]["name"] == "Clara Venn"
        assert "tide" in (await data("search", query="tide"))["sentences"][0]["text"]

        for source in ("https://news.example/x", "/etc/hostname", "nowhere.txt"):
            if source.startswith("https") and flags:
                continue
            answer = await call("quotes", sources=[source])
            assert answer.is_error, answer
    return 8


async def main():
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "ferry.txt").write_text(ARTICLE, encoding="utf-8")
        n = await talk(sys.argv[1], folder) + await talk(sys.argv[1], folder, "--fetch")
    print(f"{n} passed, 0 failed")


if __name__ == "__main__":
    asyncio.run(main())
