import './old-phones.ts';
import { mount } from 'svelte';
import '#look/tokens.css';
import '#look/base.css';
import WaitingPage from '#kiosk/waiting/WaitingPage.svelte';

mount(WaitingPage, { target: document.body, props: { lang: new URL(location.href).searchParams.get('lang') } });
