/** Two soft tones before a call (hertz), one after the other. */
const TONES = [659, 523];
const TONE_SECONDS = 0.5;
const LOUDNESS = 0.5;

/** The chime of the waiting area. A browser tab may be forbidden to play; then everybody who looks must see it. */
export class HallSound {
  #audio: AudioContext | null = null;

  /** Whether a sound would be heard. */
  get able(): boolean {
    return this.#context()?.state === 'running';
  }

  /** A person touched the screen: now the browser allows sound. */
  async wake(): Promise<void> {
    await this.#context()?.resume();
  }

  chime(): void {
    const audio = this.#context();
    if (audio?.state !== 'running') return;
    TONES.forEach((frequency, i) => {
      const tone = audio.createOscillator();
      const volume = audio.createGain();
      const start = audio.currentTime + i * TONE_SECONDS * 0.8;
      tone.frequency.value = frequency;
      volume.gain.setValueAtTime(0.0001, start);
      volume.gain.exponentialRampToValueAtTime(LOUDNESS, start + 0.03);
      volume.gain.exponentialRampToValueAtTime(0.0001, start + TONE_SECONDS);
      tone.connect(volume).connect(audio.destination);
      tone.start(start);
      tone.stop(start + TONE_SECONDS);
    });
  }

  #context(): AudioContext | null {
    try {
      this.#audio ??= new AudioContext();
    } catch {
      return null;
    }
    return this.#audio;
  }
}
