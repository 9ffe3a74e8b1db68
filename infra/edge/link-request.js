// CloudFront Function, runtime 2.0, on viewer requests to /t/*: what is no short link is answered here, for a fifth of
// what a Lambda costs, and the viewer's address is written where no client can write it. A path is read once from its beginning:
// a function that takes too long too often is throttled for everybody.
var LINK =
  /^\/t\/([23456789abcdefghjkmnpqrstuvwxyzABCDEFGHJKMNPQRSTUVWXYZ]{8,16}|[A-Za-z0-9]{3,16}-[A-Za-z0-9-]{2,32})(\/pixel\.gif)?\/*$/;

// A brand's own words, told by their hyphen, are people's to type: in any case. Of a drawn code the case is a part.
function codeOf(text) {
  return text.indexOf("-") < 0 ? text : text.toLowerCase();
}

// Names under which clients claim to be somebody else. Nothing behind this point reads them; none gets that far.
var CLAIMS = [
  "x-viewer-address",
  "forwarded",
  "x-forwarded-for",
  "x-forwarded-host",
  "x-client-ip",
  "x-cluster-client-ip",
  "true-client-ip",
  "cf-connecting-ip",
  "fastly-client-ip",
];

var NOT_FOUND = {
  statusCode: 404,
  statusDescription: "Not Found",
  headers: {
    "cache-control": { value: "private, no-store" },
    "content-type": { value: "text/plain; charset=utf-8" },
    "x-robots-tag": { value: "noindex" },
  },
  body: { encoding: "text", data: "There is no such link.\n" },
};

function handler(event) {
  var request = event.request;
  var match = LINK.exec(request.uri);
  if (!match) return NOT_FOUND;
  request.uri = "/t/" + codeOf(match[1]) + (match[2] || "");
  CLAIMS.forEach(function (name) {
    delete request.headers[name];
  });
  request.headers["x-viewer-address"] = { value: event.viewer.ip };
  // No link sets a cookie, so whatever comes is none of our business.
  request.cookies = {};
  return request;
}
