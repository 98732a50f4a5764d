// What GraphiQL opens with. Served as it is where GraphiQL was not built.

/** @type {(query: string, variables?: object) => { query: string, variables: string | null }} */
function tab(query, variables) {
  return { query: query.trim(), variables: variables === undefined ? null : JSON.stringify(variables, null, 2) };
}

const EMAIL = "ada@example.org";
const PASSWORD = "three green kettles";
const OTHER_PASSWORD = "four purple lanterns";

/** @type {(name: string, comment: string, current: string, next: string) => { query: string, variables: string | null }} */
const changePassword = (name, comment, current, next) =>
  tab(
    `
${comment}
mutation ${name}($input: ChangePasswordInput!) {
  changePassword(input: $input) {
    tokens {
      accessToken
      refreshToken
    }
    revokedSessionCount
    userErrors {
      code
      message
      field
    }
  }
}`,
    { input: { currentPassword: current, newPassword: next } },
  );

/** One tab for each, from left to right. */
export const EXAMPLES = [
  tab(
    `
# Make an account, which signs you in as well.
# It is there after the first time: for another
# one change the address below.
# The mail that it sends is at /dev/mail.
# userErrors: what is wrong with the input;
# errors: everything else.
mutation Register($input: RegisterInput!) {
  register(input: $input) {
    user {
      id
      email
      name
    }
    tokens {
      accessToken
      refreshToken
    }
    userErrors {
      code
      message
      field
    }
  }
}`,
    { input: { email: EMAIL, password: PASSWORD, name: "Ada" } },
  ),
  tab(
    `
# Sign in. What you run after it carries
# the access token by itself.
# With a second factor, pass the token of
# challenge to completeLogin.
mutation LogIn($input: LoginInput!) {
  login(input: $input) {
    user {
      id
      email
    }
    tokens {
      accessToken
      accessTokenExpiresAt
      refreshToken
    }
    challenge {
      token
      methods
    }
    userErrors {
      code
      message
      retryAt
    }
  }
}`,
    { input: { identifier: EMAIL, password: PASSWORD } },
  ),
  tab(`
# Who is signed in, where, and what happened.
# null when nobody is.
query Me {
  me {
    id
    email
    emailVerified
    name
    sessions(first: 5) {
      edges {
        node {
          deviceName
          current
          expiresAt
        }
      }
    }
    securityEvents(first: 5) {
      edges {
        node {
          type
          occurredAt
          deviceName
        }
      }
    }
  }
}`),
  tab(`
# Set up an authenticator app. First confirm
# the address: the link is at /dev/mail.
# Type the secret into the app, then run
# confirmTotp with the code that it shows.
# removeFactor removes the app again.
mutation EnrollTotp {
  enrollTotp {
    enrollment {
      secret
      uri
      expiresAt
    }
    userErrors {
      code
      message
    }
  }
}`),
  changePassword(
    "ChangePassword",
    "# Change the password. Tokens from before end;\n# the new one is used from then on.",
    PASSWORD,
    OTHER_PASSWORD,
  ),
  changePassword(
    "RestorePassword",
    "# Change it back, so that the other tabs work\n# a second time.",
    OTHER_PASSWORD,
    PASSWORD,
  ),
  tab(`
# End the session.
mutation LogOut {
  logout {
    loggedOut
  }
}`),
];

/**
 * What the editor of variables begins with: GraphiQL takes the first tab's query to its editor, but not its variables.
 * null where the page has been loaded before, as it knows its own then.
 * @type {(storage: Storage) => string | null}
 */
export function firstVariables(storage) {
  const isFirst = storage.getItem("graphiql:tabState") === null;
  return isFirst ? (EXAMPLES[0]?.variables ?? null) : null;
}
