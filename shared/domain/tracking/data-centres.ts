/**
 * Networks of machines that are rented by the hour: who clicks from there is a program, whatever it calls itself. Left out are
 * networks that people leave by: carriers and providers; relays and VPNs (Cloudflare 13335, Fastly 54113, Akamai 20940 and 36183 carry
 * iCloud Private Relay; M247 9009, Datacamp 60068 and 212238, and Leaseweb carry VPNs); Google's own network (15169), by which its VPN goes.
 *
 * Sources, read on 2026-11-27: names and numbers as MaxMind's GeoLite2 has them, which marks networks of end users
 * (daenney/fedinetmap, data/README.md); held against X4BNet/lists_vpn, input/datacenter/ASN.txt and input/vpn/ASN.txt. Relays: "An
 * investigation into Apple's new Relay network" (blog.apnic.net, 2023) and Sattler et al., IMC 2022.
 */
export const dataCentres = [
  { operator: "Amazon Web Services", networks: [14618, 16509] },
  { operator: "Google Cloud", networks: [396982] },
  { operator: "Microsoft Azure", networks: [8075] },
  { operator: "DigitalOcean", networks: [14061, 62567] },
  { operator: "Hetzner", networks: [24940, 212317, 213230] },
  // OVH Télécom, 35540, is a provider of people's.
  { operator: "OVHcloud", networks: [16276] },
  { operator: "Akamai (Linode)", networks: [63949] },
  { operator: "Oracle Cloud", networks: [31898] },
  { operator: "Alibaba Cloud", networks: [45102] },
  { operator: "Tencent Cloud", networks: [45090, 132203] },
  { operator: "Vultr", networks: [20473] },
  { operator: "Contabo", networks: [51167] },
  { operator: "netcup", networks: [197540] },
  { operator: "IONOS", networks: [8560] },
  { operator: "Scaleway", networks: [12876] },
  { operator: "UpCloud", networks: [202053] },
] as const;
