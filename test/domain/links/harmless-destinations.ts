/** What people really link to: each host with each ending, and names in the scripts of the world. */

const hosts = [
  "shop.example.com", "www.example.co.uk", "example.de", "store.example.fr", "example.com.br", "example.co.jp",
  "a-b-c.example.io", "123shop.com", "r3---sn-4g5e6nez.googlevideo.com", "xn--mnchen-3ya.example.de", "notgo.example.com",
  "go.example.com.evil.net", "my--shop.com", "x.com", "example.museum", "example.xn--p1ai", "0800-flowers.com",
  "sub_domain.example.org", "example.shop", "example.travel",
]; // prettier-ignore
const endings = [
  "/",
  "/products/42?variant=blue&size=xl#reviews",
  "/a%20b/%E2%9C%93",
  "/?utm_source=creator&utm_campaign=autumn%2B1",
  "/@handle/status/1",
  "/search?q=%22go%22+t/abc",
  "/cart;jsessionid=1",
  "/?redirect=https%3A%2F%2Fwww.example.net%2Fok",
];
const names = [
  "münchen.de", "zürich.ch", "señor.es", "ça-va.fr", "łódź.pl", "žluťoučký.cz", "øresund.dk", "faß.de", "ıstanbul.com.tr",
  "пример.рф", "москва.com", "кофейня.рус", "україна.укр", "ελληνικά.gr", "καφές.com", "հայերեն.am", "ქართული.ge",
  "עברית.co.il", "عربي.com", "فارسی.ir", "हिन्दी.भारत", "বাংলা.com", "தமிழ்.com", "తెలుగు.com", "ไทย.com", "ລາວ.com",
  "မြန်မာ.com", "ខ្មែរ.com", "አማርኛ.com", "日本語.jp", "かな漢字カナ.jp", "tokyo東京.jp", "한국어.kr", "kpop한국.kr", "中文.cn", "ab中文.tw",
]; // prettier-ignore

export const harmless: readonly string[] = [
  ...hosts.flatMap((host) => endings.map((ending) => `https://${host}${ending}`)),
  ...names.map((name) => `https://${name}/shop`),
  "https://example.net/?see=go.example.com",
  "https://example.net/go.example.com/terms",
  "https://example.net/notgo.example.com/t/abcdEFGH23",
  "https://example.net/?100%25=%zz%",
  "https://example.net/?name=M%FCnchen&cut=%E3%80",
  "https://example.net/?next=%252525252525252Fok&odd=%3%3%3%35",
];
