// Nothing is fetched from elsewhere, and who asks is told by the browser's own session.
const form = document.getElementById('sign-in');
const page = document.getElementById('graphiql');

const send = (path, body) => fetch(path, {
  method: 'POST',
  credentials: 'same-origin',
  headers: {'Content-Type': 'application/json'},
  body: JSON.stringify(body),
});

const show = () => {
  form.hidden = true;
  page.hidden = false;
  ReactDOM.createRoot(page).render(React.createElement(GraphiQL, {
    fetcher: async (request) => (await send('/graphql', request)).json(),
    defaultEditorToolsVisibility: true,
  }));
};

form.addEventListener('submit', async (event) => {
  event.preventDefault();
  const answer = await send('/api/auth/sign-in/email', {email: form.email.value, password: form.password.value});
  if (answer.ok) {
    show();
  } else {
    document.getElementById('refusal').textContent = (await answer.json()).message;
  }
});

send('/graphql', {query: '{__typename}'}).then((answer) => {
  if (answer.ok) {
    show();
  } else {
    form.hidden = false;
  }
});
