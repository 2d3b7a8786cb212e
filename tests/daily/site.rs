//! A small HTTP/1.1 server on loopback that responds or misbehaves as configured.

use std::collections::{BTreeMap, VecDeque};
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::time::Duration;

/// A server with its pages.
pub(crate) struct Site {
    port: u16,
    shared: Arc<Shared>,
}

#[derive(Default)]
struct Shared {
    pages: Mutex<BTreeMap<String, Reply>>,
    /// Responses to requests with a given header: path, header, value.
    special: Mutex<BTreeMap<(String, String, String), Reply>>,
    /// Responses to the next requests for a path, one each, before those of `pages`.
    next: Mutex<BTreeMap<String, VecDeque<Reply>>>,
    asked: Mutex<Vec<Asked>>,
}

/// A request that was received.
#[derive(Clone, Debug)]
pub(crate) struct Asked {
    pub(crate) path: String,
    /// Header lines with lower-case names.
    pub(crate) headers: BTreeMap<String, String>,
    pub(crate) method: String,
    pub(crate) body: String,
}

/// The response of the server for a path.
#[derive(Clone, Debug)]
pub(crate) struct Reply {
    status: u16,
    headers: Vec<(String, String)>,
    body: Vec<u8>,
    /// The number of bytes of the body that are sent, although all are announced.
    cut: Option<usize>,
    pause: Duration,
}

impl Reply {
    pub(crate) fn new(status: u16, body: impl Into<Vec<u8>>) -> Self {
        let (headers, body) = (Vec::new(), body.into());
        Self { status, headers, body, cut: None, pause: Duration::ZERO }
    }

    pub(crate) fn ok(body: impl Into<Vec<u8>>) -> Self {
        Self::new(200, body)
    }

    pub(crate) fn redirect(status: u16, target: &str) -> Self {
        Self::new(status, "").with("Location", target)
    }

    pub(crate) fn with(mut self, name: &str, value: &str) -> Self {
        self.headers.push((name.to_owned(), value.to_owned()));
        self
    }

    pub(crate) fn cut_after(mut self, bytes: usize) -> Self {
        self.cut = Some(bytes);
        self
    }

    pub(crate) fn after(mut self, pause: Duration) -> Self {
        self.pause = pause;
        self
    }

    fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(n, _)| n.eq_ignore_ascii_case(name)).map(|(_, v)| v.as_str())
    }
}

impl Site {
    pub(crate) fn new() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        let shared = Arc::new(Shared::default());
        let for_thread = Arc::clone(&shared);
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let shared = Arc::clone(&for_thread);
                std::thread::spawn(move || answer(stream, &shared));
            }
        });
        Self { port, shared }
    }

    pub(crate) fn url(&self, path: &str) -> String {
        format!("http://127.0.0.1:{}{path}", self.port)
    }

    pub(crate) fn set(&self, path: &str, reply: Reply) {
        self.shared.pages.lock().unwrap().insert(path.to_owned(), reply);
    }

    /// Sets the responses to the next requests for a path, one after the other.
    pub(crate) fn set_next(&self, path: &str, replies: impl IntoIterator<Item = Reply>) {
        let mut next = self.shared.next.lock().unwrap();
        next.entry(path.to_owned()).or_default().extend(replies);
    }

    /// Sets the response to requests for a path that have this header.
    pub(crate) fn set_for(&self, path: &str, header: &str, value: &str, reply: Reply) {
        let key = (path.to_owned(), header.to_owned(), value.to_owned());
        self.shared.special.lock().unwrap().insert(key, reply);
    }

    /// Returns the requests since the last call.
    pub(crate) fn asked(&self) -> Vec<Asked> {
        std::mem::take(&mut *self.shared.asked.lock().unwrap())
    }

    /// Returns the requested paths since the last call.
    pub(crate) fn paths(&self) -> Vec<String> {
        self.asked().into_iter().map(|a| a.path).collect()
    }
}

/// Returns the method, the path and the header lines of a request.
fn request(
    reader: &mut BufReader<TcpStream>,
) -> Option<(String, String, BTreeMap<String, String>)> {
    let mut line = String::new();
    reader.read_line(&mut line).ok()?;
    let mut words = line.split(' ').map(str::to_owned);
    let (method, path) = (words.next()?, words.next()?);
    let mut headers = BTreeMap::new();
    loop {
        let mut line = String::new();
        reader.read_line(&mut line).ok()?;
        let Some((name, value)) = line.trim_end().split_once(':') else { break };
        headers.insert(name.to_ascii_lowercase(), value.trim().to_owned());
    }
    Some((method, path, headers))
}

fn answer(mut stream: TcpStream, shared: &Shared) -> Option<()> {
    let mut reader = BufReader::new(stream.try_clone().ok()?);
    let (mut method, mut path, mut headers) = request(&mut reader)?;
    if method == "CONNECT" {
        // Acting as a proxy: pages of other hosts are set under their full addresses.
        let host = path.split(':').next()?.to_owned();
        stream.write_all(b"HTTP/1.1 200 X\r\n\r\n").ok()?;
        (method, path, headers) = request(&mut reader)?;
        path = format!("http://{host}{path}");
    }
    let mut body = vec![0; headers.get("content-length").map_or(0, |n| n.parse().unwrap())];
    reader.read_exact(&mut body).ok()?;
    let special = shared.special.lock().unwrap();
    let matching = special
        .iter()
        .find(|((of, header, value), _)| *of == path && headers.get(header) == Some(value));
    let matching = matching.map(|(_, reply)| reply.clone());
    drop(special);
    let next = shared.next.lock().unwrap().get_mut(&path).and_then(VecDeque::pop_front);
    let page = matching.or(next).or_else(|| shared.pages.lock().unwrap().get(&path).cloned());
    let body = String::from_utf8(body).unwrap();
    shared.asked.lock().unwrap().push(Asked { path, headers: headers.clone(), method, body });
    let mut reply = page.unwrap_or_else(|| Reply::new(404, "no such page"));
    std::thread::sleep(reply.pause);
    let same = |known: &str, now: &str| {
        headers.get(known).is_some_and(|known| reply.header(now) == Some(known.as_str()))
    };
    if same("if-none-match", "etag") || same("if-modified-since", "last-modified") {
        reply = Reply::new(304, "");
    }
    let mut head = format!("HTTP/1.1 {} X\r\nConnection: close\r\n", reply.status);
    if reply.status != 304 {
        head.push_str(&format!("Content-Length: {}\r\n", reply.body.len()));
    }
    for (name, value) in &reply.headers {
        head.push_str(&format!("{name}: {value}\r\n"));
    }
    head.push_str("\r\n");
    stream.write_all(head.as_bytes()).ok()?;
    let sent = reply.cut.unwrap_or(reply.body.len());
    stream.write_all(&reply.body[..sent]).ok()
}

/// An entry of a feed: path, title, text.
pub(crate) type Entry<'a> = (&'a str, &'a str, &'a str);

/// Returns an RSS feed with whole articles; `day` is the day of March 2026 on which all were published.
pub(crate) fn rss(site: &Site, outlet: &str, day: u8, entries: &[Entry<'_>]) -> String {
    let mut items = String::new();
    for (path, title, text) in entries {
        items.push_str(&format!(
            "<item><title>{title}</title><link>{}</link><guid>{path}</guid>\
             <pubDate>{day:02} Mar 2026 05:00:00 GMT</pubDate>\
             <description><![CDATA[{text}]]></description></item>",
            site.url(path)
        ));
    }
    format!(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?><rss version=\"2.0\"><channel><title>{outlet}</title>\
         <link>{}</link><description>News</description><language>en</language>{items}</channel></rss>",
        site.url("/")
    )
}
