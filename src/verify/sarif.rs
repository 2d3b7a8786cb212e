//! A report in SARIF 2.1.0 (OASIS, "Static Analysis Results Interchange Format", 2020), for code scanning.

use serde_json::{Value as Json, json};

use crate::verify::report::{Code, Finding, Report};

const SCHEMA: &str = "https://json.schemastore.org/sarif-2.1.0.json";
const HOME: &str = "https://docs.rs/nutgraf";

/// Converts reports, each given with the path of its draft, to one SARIF log.
pub fn sarif(reports: &[(String, Report)]) -> Json {
    let rules: Vec<Json> = Code::ALL.iter().map(|code| rule(*code)).collect();
    let results: Vec<Json> = reports
        .iter()
        .flat_map(|(path, report)| report.findings.iter().map(|f| result(path, f)))
        .collect();
    json!({
        "$schema": SCHEMA,
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": {
                "name": "nutgraf verify",
                "version": env!("CARGO_PKG_VERSION"),
                "informationUri": HOME,
                "rules": rules,
            }},
            "columnKind": "unicodeCodePoints",
            "results": results,
        }],
    })
}

fn rule(code: Code) -> Json {
    json!({
        "id": code.name(),
        "shortDescription": { "text": code.kind().name() },
        "fullDescription": { "text": code.explanation() },
        "defaultConfiguration": { "level": level(code.kind().is_fault()) },
    })
}

const fn level(fault: bool) -> &'static str {
    if fault { "error" } else { "note" }
}

fn result(path: &str, finding: &Finding) -> Json {
    let mut region = serde_json::Map::new();
    region.insert("startLine".into(), finding.line.unwrap_or(1).into());
    if let (Some(start), Some(end)) = (finding.start, finding.end) {
        region.insert("charOffset".into(), start.into());
        region.insert("charLength".into(), end.saturating_sub(start).into());
    }
    let mut text = finding.message.clone();
    for place in &finding.places {
        text.push_str(&format!("\nsource {}: {}", place.article, place.text));
    }
    json!({
        "ruleId": finding.code.name(),
        "level": level(finding.fault),
        "message": { "text": text },
        "locations": [{ "physicalLocation": {
            "artifactLocation": { "uri": path },
            "region": region,
        }}],
        "properties": { "kind": finding.kind.name(), "text": finding.text },
    })
}
