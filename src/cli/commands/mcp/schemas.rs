//! The tools of the server, with JSON Schemas for their arguments and results.

use nutgraf::render;
use serde_json::{Value as Json, json};

/// Returns the descriptions of the tools; if `fetch` is set, sources may be web addresses.
pub(super) fn tools(fetch: bool) -> Json {
    let sources = sources(fetch);
    json!([
        tool(
            (
                "verify",
                "Check every quotation in a draft, and on request its numbers, dates and names, against the articles."
            ),
            json!({
                "draft": { "type": "string", "description": "The text of the draft (Markdown, HTML, plain text)." },
                "path": { "type": "string", "description": "A file with the draft, or with a briefing in JSON, instead of its text." },
                "sources": sources,
                "claims": { "type": "boolean", "description": "Compare the numbers, dates and names outside quotation marks as well." },
            }),
            json!([]),
            report(),
            fetch,
        ),
        tool(
            ("brief", "Make a briefing of the articles from their own sentences."),
            json!({
                "sources": sources,
                "words": count("Maximum number of words."),
                "stories": count("Maximum number of stories."),
                "format": { "type": "string", "enum": ["md", "text", "html"] },
            }),
            json!([]),
            briefing(),
            fetch,
        ),
        tool(
            ("summarize", "Summarize one or several articles with their own sentences."),
            json!({ "sources": sources, "words": count("Maximum number of words.") }),
            json!([]),
            object(&json!({ "words": { "type": "integer" }, "sentences": list(&excerpt()) })),
            fetch,
        ),
        tool(
            ("quotes", "Find who said what in the articles."),
            json!({ "sources": sources }),
            json!([]),
            object(&json!({ "articles": list(&json!({ "type": "object" })) })),
            fetch,
        ),
        tool(
            ("search", "Search the articles for sentences with given words."),
            json!({
                "query": { "type": "string", "description": "Words to look for." },
                "sources": sources,
                "limit": count("Maximum number of sentences."),
            }),
            json!(["query"]),
            object(&json!({ "sentences": list(&excerpt()) })),
            fetch,
        ),
    ])
}

#[expect(clippy::needless_pass_by_value, reason = "the values move into the tool")]
fn tool(
    (name, description): (&str, &str),
    properties: Json,
    required: Json,
    mut answer: Json,
    fetch: bool,
) -> Json {
    answer["properties"]["warnings"] = json!({
        "type": "array", "items": { "type": "string" },
        "description": "Sources that could not be read and why, and what else is doubtful.",
    });
    json!({
        "name": name,
        "description": description,
        "inputSchema": {
            "type": "object", "properties": properties, "required": required,
            "additionalProperties": false,
        },
        "outputSchema": answer,
        "annotations": { "readOnlyHint": true, "openWorldHint": fetch },
    })
}

fn sources(fetch: bool) -> Json {
    let also = if fetch { ", or web addresses" } else { "" };
    json!({
        "type": "array", "items": { "type": "string" },
        "description": format!("Files or folders of articles{also}. Default: all folders of the server."),
    })
}

fn count(description: &str) -> Json {
    json!({ "type": "integer", "minimum": 1, "description": description })
}

/// Returns the schema of an object in which all these properties are required.
fn object(properties: &Json) -> Json {
    let names: Vec<&String> = properties.as_object().into_iter().flat_map(|o| o.keys()).collect();
    json!({ "type": "object", "properties": properties, "required": names })
}

fn list(items: &Json) -> Json {
    json!({ "type": "array", "items": items })
}

/// Returns the schema of an excerpt: a range of an article in code points, and the text in that range.
fn excerpt() -> Json {
    object(&json!({
        "article": { "type": "string" }, "start": { "type": "integer" }, "end": { "type": "integer" },
        "text": { "type": "string" },
    }))
}

/// Returns the schema of the report of `verify`; ranges in the draft and in articles are in code points.
fn report() -> Json {
    let change = object(&json!({ "draft": { "type": "string" }, "source": { "type": "string" } }));
    let mut finding = object(&json!({
        "kind": { "type": "string" },
        "code": { "type": "string", "description": "The rule; stable across releases." },
        "fault": { "type": "boolean", "description": "Whether the check fails because of it." },
        "message": { "type": "string" },
        "text": { "type": "string", "description": "The words of the draft." },
    }));
    let mut supported = object(&json!({ "text": { "type": "string" } }));
    for (one, more) in [
        (&mut finding, json!({ "changes": list(&change), "speaker": { "type": "string" } })),
        (&mut supported, json!({ "reason": { "type": "string" } })),
    ] {
        for properties in [place_in_draft(), more] {
            let own = one["properties"].as_object_mut();
            if let Some(own) = own {
                own.extend(properties.as_object().cloned().unwrap_or_default());
            }
        }
    }
    let counts = json!({ "type": "object", "additionalProperties": { "type": "integer" } });
    let mut report = object(&json!({
        "holds": { "type": "boolean", "description": "Whether there are no faults; notes do not count." },
        "checked": counts,
        "findings": list(&finding),
    }));
    report["properties"]["supported"] = list(&supported);
    report
}

fn place_in_draft() -> Json {
    json!({
        "line": { "type": "integer" }, "start": { "type": "integer" }, "end": { "type": "integer" },
        "places": list(&excerpt()),
    })
}

/// Returns the published schema of a briefing.
fn briefing() -> Json {
    serde_json::from_str(render::JSON_SCHEMA).unwrap_or_default()
}
