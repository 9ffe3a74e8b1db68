/** Who is in the demo. Passwords are for this machine alone. */
export const DEMO_PASSWORD = "Demo-stage-2026!";

export interface DemoPerson {
  readonly email: string;
  readonly fullName: string;
  readonly role: "brand" | "creator";
  readonly profile: object;
}

const brand = (fullName: string, country: string): DemoPerson => ({
  email: `${fullName.toLowerCase().replaceAll(" ", ".")}@brands.example`,
  fullName,
  role: "brand",
  profile: { location: { country } },
});
const creator = (fullName: string, country: string, categories: string[], languages: string[]): DemoPerson => ({
  email: `${fullName.toLowerCase().replaceAll(" ", ".")}@creators.example`,
  fullName,
  role: "creator",
  profile: { location: { country }, creator: { categories, languages } },
});

export const adminPerson: DemoPerson = { ...brand("Ada Admin", "US"), email: "ada@atomic.example" };
export const brands = [brand("Nova Shoes", "US"), brand("Green Kitchen", "DE")] as const;
export const creators: readonly DemoPerson[] = [
  creator("Mia Wong", "US", ["fashion", "lifestyle"], ["en"]),
  creator("Leo Brandt", "DE", ["food"], ["de", "en"]),
  creator("Aiko Tanaka", "JP", ["beauty", "fashion"], ["ja"]),
  creator("Omar Haddad", "AE", ["travel"], ["ar", "en"]),
  creator("Sofia Rossi", "IT", ["food", "travel"], ["it"]),
  creator("Noah Smith", "US", ["fitness", "sports"], ["en"]),
  creator("Chloe Martin", "FR", ["beauty"], ["fr"]),
  creator("Lucas Silva", "BR", ["gaming", "music"], ["pt"]),
  creator("Zoe Carter", "GB", ["fashion"], ["en"]),
  creator("Ivan Petrov", "BG", ["technology"], ["bg", "en"]),
  creator("Ella Nilsson", "SE", ["family", "pets"], ["sv", "en"]),
  creator("Kofi Mensah", "GH", ["art", "music"], ["en"]),
];
