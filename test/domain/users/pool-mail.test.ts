import { describe, expect, test } from "@jest/globals";
import { poolMail } from "#shared/domain/users/pool-mail";

const marks = { code: "{####}", userName: "{username}" };
const mail = (triggerSource: string, name?: string) =>
  poolMail(
    { triggerSource, marks, attributes: { email: "a@example.com", ...(name && { name }) } },
    "https://app.example",
  );

describe("a mail of the user pool", () => {
  test.each([
    ["CustomMessage_SignUp", "Confirm your address", "/confirm-sign-up"],
    ["CustomMessage_ResendCode", "Confirm your address", "/confirm-sign-up"],
    ["CustomMessage_ForgotPassword", "Set a new password", "/reset-password"],
    ["CustomMessage_UpdateUserAttribute", "Confirm your new address", "/settings/email"],
    ["CustomMessage_VerifyUserAttribute", "Confirm your new address", "/settings/email"],
    ["CustomMessage_AdminCreateUser", "An account was opened for you", "/sign-in"],
  ])("%s carries the code and leads into the web client, without it", (source, subject, page) => {
    const { emailSubject, emailMessage = "" } = mail(source, "Ada");
    expect(emailSubject).toBe(subject);
    expect(emailMessage.split("{####}")).toHaveLength(2);
    expect(emailMessage).toContain(`href="https://app.example${page}"`);
  });

  test.each(["SignUp", "ResendCode", "UpdateUserAttribute", "VerifyUserAttribute"])(
    "of %s goes to whomever somebody names, and has no word of theirs",
    (of) => {
      const { emailMessage = "" } = mail(`CustomMessage_${of}`, "you won: https://evil.example, claim it today");
      expect(emailMessage).toContain("Hello,");
      expect(emailMessage).not.toContain("evil.example");
    },
  );

  test.each(["ForgotPassword", "AdminCreateUser"])("of %s greets its reader", (of) => {
    expect(mail(`CustomMessage_${of}`, "Ada").emailMessage).toContain("Hello Ada,");
  });

  test("of a first password names the user, as the pool demands", () => {
    expect(mail("CustomMessage_AdminCreateUser").emailMessage).toContain("sign in as {username}.");
  });

  test("that we have no words for is left as it is", () => {
    expect(mail("CustomMessage_Authentication")).toEqual({});
  });

  test.each([
    ["<script>alert(1)</script>", "Hello &lt;script&gt;alert(1)&lt;/script&gt;,"],
    ["{####} {username}", "Hello #### username,"],
    [" {} ", "Hello,"],
    ["x".repeat(2_000), `Hello ${"x".repeat(100)},`],
  ])("greets %j and stays a mail the pool takes", (name, greeting) => {
    const { emailMessage = "" } = mail("CustomMessage_ForgotPassword", name);
    expect(emailMessage).toContain(greeting);
    expect(emailMessage.split("{####}")).toHaveLength(2);
    expect(emailMessage.length).toBeLessThan(20_000);
  });
});
