/** Mails that the user pool sends by itself, in the house's layout. It sends HTML alone: there is no text twin. */
import { htmlOf } from "../notifications/mail/layout.ts";

/** What a mail of the pool says. */
interface PoolText {
  readonly title: string;
  readonly message: (code: string, userName: string) => string;
  /** Of the web client, which asks for the code there: no code is ever in an address. */
  readonly page: string;
  readonly label: string;
  /**
   * It goes to an address that nobody has shown to be theirs: whoever gave it, and a name with it, would have us mail a line of
   * theirs to anybody.
   */
  readonly toStrangers?: true;
}

const confirmation: PoolText = {
  title: "Confirm your address",
  message: (code) => `Your code is ${code}. It confirms that this address is yours, and your account is open.`,
  page: "/confirm-sign-up",
  label: "Enter the code",
  toStrangers: true,
};
const change: PoolText = {
  title: "Confirm your new address",
  message: (code) => `Your code is ${code}. Until you enter it, your account keeps the address it has.`,
  page: "/settings/email",
  label: "Enter the code",
  toStrangers: true,
};

/** By the trigger's source. Source: Cognito developer guide, "Custom message Lambda trigger". What is not here is left as it is. */
const texts: Readonly<Record<string, PoolText>> = {
  CustomMessage_SignUp: confirmation,
  CustomMessage_ResendCode: confirmation,
  CustomMessage_UpdateUserAttribute: change,
  CustomMessage_VerifyUserAttribute: change,
  CustomMessage_ForgotPassword: {
    title: "Set a new password",
    message: (code) => `Your code is ${code}. With it you can set a new password, and nobody can without.`,
    page: "/reset-password",
    label: "Set a new password",
  },
  CustomMessage_AdminCreateUser: {
    title: "An account was opened for you",
    message: (code, userName) =>
      `You sign in as ${userName}. Your first password is ${code}; you will be asked for one of your own.`,
    page: "/sign-in",
    label: "Sign in",
  },
};

/** A mail that the pool is about to send. Code and name come as marks, which it replaces. */
export interface PoolMailCall {
  readonly triggerSource: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly marks: { readonly code: string; readonly userName: string };
}

/** Longer names are no names; and the pool takes mails of 20,000 characters. */
const LONGEST_NAME = 100;

/** The pool's mail in our words, as its trigger answers; nothing where we have none. */
export function poolMail(
  { triggerSource, attributes, marks }: PoolMailCall,
  webClient: string,
): { readonly emailSubject?: string; readonly emailMessage?: string } {
  const text = texts[triggerSource];
  if (text === undefined) return {};
  const name = text.toStrangers ? "" : nameIn(attributes);
  return {
    emailSubject: text.title,
    emailMessage: htmlOf({
      title: text.title,
      paragraphs: [
        name === "" ? "Hello," : `Hello ${name},`,
        text.message(marks.code, marks.userName),
        "If you did not ask for it, do nothing.",
      ],
      button: { label: text.label, url: `${webClient}${text.page}` },
      footer: [{ text: "You get this mail because somebody gave your address at Atomic Influence." }],
    }),
  };
}

/** Marks that somebody took for a name are none. */
const nameIn = (attributes: PoolMailCall["attributes"]): string =>
  (attributes["name"] ?? "").replaceAll(/[{}]/g, "").trim().slice(0, LONGEST_NAME);
