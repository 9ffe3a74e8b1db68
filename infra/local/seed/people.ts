/** Who is in the demo. */

/** Everybody's password. For this machine alone: the stage listens on no other address and forgets everything. */
export const DEMO_PASSWORD = "Demo-stage-2026!";

export interface DemoPerson {
  readonly email: string;
  readonly fullName: string;
  readonly role: "brand" | "creator";
  /** What they say about themselves: a body of PATCH /v1/me. */
  readonly profile: object;
}

const addressOf = (fullName: string, host: string): string => `${fullName.toLowerCase().replaceAll(" ", ".")}@${host}`;

const brand = (fullName: string, country: string, bio: string): DemoPerson => ({
  email: addressOf(fullName, "brands.example"),
  fullName,
  role: "brand",
  profile: { bio, location: { country } },
});

const creator = (fullName: string, country: string, categories: string[], languages: string[]): DemoPerson => ({
  email: addressOf(fullName, "creators.example"),
  fullName,
  role: "creator",
  profile: {
    bio: `${fullName} on ${categories.join(" and ")}.`,
    location: { country },
    creator: { categories, languages },
  },
});

export const adminPerson: DemoPerson = {
  email: "ada@atomic.example",
  fullName: "Ada Admin",
  role: "brand",
  profile: { location: { country: "US" } },
};

export const brands = {
  nova: brand("Nova Shoes", "US", "Running shoes from Portland."),
  kitchen: brand("Green Kitchen", "DE", "Organic food, delivered in Berlin."),
} as const satisfies Record<string, DemoPerson>;

export const creators = {
  mia: creator("Mia Wong", "US", ["fashion", "lifestyle"], ["en"]),
  leo: creator("Leo Brandt", "DE", ["food"], ["de", "en"]),
  aiko: creator("Aiko Tanaka", "JP", ["beauty", "fashion"], ["ja"]),
  omar: creator("Omar Haddad", "AE", ["travel", "food"], ["ar", "en"]),
  sofia: creator("Sofia Rossi", "IT", ["food", "travel"], ["it"]),
  noah: creator("Noah Smith", "US", ["fitness", "sports"], ["en"]),
  chloe: creator("Chloe Martin", "FR", ["beauty"], ["fr"]),
  lucas: creator("Lucas Silva", "US", ["fashion", "music"], ["en", "pt"]),
  zoe: creator("Zoe Carter", "GB", ["fashion"], ["en"]),
  ivan: creator("Ivan Petrov", "BG", ["technology"], ["bg", "en"]),
  ella: creator("Ella Nilsson", "SE", ["food", "family"], ["sv", "en"]),
  kofi: creator("Kofi Mensah", "GB", ["art", "fashion"], ["en"]),
} as const satisfies Record<string, DemoPerson>;
