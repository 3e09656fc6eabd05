// A real, certified OpenID provider with invented people: `node provider.mjs <file>` reads everything from one JSON file.
import { readFileSync } from "node:fs";
import http from "node:http";
import { Provider } from "oidc-provider";

const told = JSON.parse(readFileSync(process.argv[2], "utf8"));
const people = new Map(told.people.map((one) => [one.login, one]));

const provider = new Provider(told.issuer, {
  jwks: { keys: told.keys },
  clients: [told.client],
  cookies: { keys: ["a secret of the tests"] },
  conformIdTokenClaims: false, // what a scope asks for stands in the ID token, as the big houses do it
  scopes: ["openid", "email", "profile", "groups"],
  claims: { openid: ["sub"], email: ["email", "email_verified"], profile: ["name", "locale"], groups: ["groups"] },
  pkce: { required: () => true },
  features: {
    devInteractions: { enabled: false },
    rpInitiatedLogout: {
      enabled: true,
      logoutSource: (ctx, form) => {
        ctx.body = `<!doctype html><title>Leave</title>${form}<button form="op.logoutForm" name="logout" value="yes">Leave</button>`;
      },
    },
  },
  interactions: { url: (_, interaction) => `/login/${interaction.uid}` },
  findAccount: (_, login) => ({
    accountId: login,
    claims: () => ({ sub: people.get(login).sub, ...people.get(login).claims }),
  }),
  // Whoever signs in agrees: what is asked of them is not what is tried here.
  loadExistingGrant: async (ctx) => {
    const { client, session, params } = ctx.oidc;
    const grant = new provider.Grant({ clientId: client.clientId, accountId: session.accountId });
    grant.addOIDCScope(params.scope);
    await grant.save();
    return grant;
  },
});

const answer = provider.callback();
const form = (problem) =>
  `<!doctype html><title>House of keys</title><p role="alert">${problem}</p><form method="post">
  <label>Login <input name="login"></label><label>Password <input name="password" type="password"></label>
  <button name="press" value="in">Go in</button><button name="press" value="out">Cancel</button></form>`;

http
  .createServer(async (req, res) => {
    if (!req.url.startsWith("/login/")) return answer(req, res);
    if (req.method !== "POST") return res.end(form(""));
    let body = "";
    for await (const chunk of req) body += chunk;
    const typed = new URLSearchParams(body);
    const person = people.get(typed.get("login"));
    if (typed.get("press") === "out")
      return provider.interactionFinished(req, res, { error: "access_denied" });
    if (!person || person.password !== typed.get("password")) {
      res.statusCode = 401;
      return res.end(form("Wrong login or password."));
    }
    return provider.interactionFinished(req, res, { login: { accountId: person.login } });
  })
  .listen(told.port, "127.0.0.1", () => console.log("ready"));
