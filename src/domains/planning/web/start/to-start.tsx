import { useEffect } from 'react';
import { useNavigateTo } from '../../../../web/kit.ts';

/** The plan has no page above those of its parts: whoever asks for it comes to its beginning. */
export default function ToStart() {
  const navigate = useNavigateTo();
  useEffect(() => navigate(`/plan/start${window.location.search}`, { replace: true }), [navigate]);
  return null;
}
