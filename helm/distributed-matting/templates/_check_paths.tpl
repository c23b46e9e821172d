{{/* Where plates, alphas and the farm's own files lie: all of it on the shared volume. */}}
{{- define "matting.checkPaths" -}}
{{- $mount := printf "%s/" (trimSuffix "/" .Values.storage.mountPath) -}}
{{- if eq (trimSuffix "/" .Values.storage.folder) (trimSuffix "/" .Values.storage.mountPath) -}}
{{- fail (printf "storage.folder is storage.mountPath itself: name a folder below it, like %s.matting, or the farm's files lie among the plates" $mount) -}}
{{- end -}}
{{- range list "/app" "/tmp" "/etc" "/usr" "/lib" "/lib64" "/bin" "/dev" "/proc" "/sys" "/var/cache/matting" -}}
{{- if or (hasPrefix (printf "%s/" .) $mount) (hasPrefix $mount (printf "%s/" .)) -}}
{{- fail (printf "storage.mountPath %s hides or is hidden by %s, which silos need: take another, like /farm" $.Values.storage.mountPath .) -}}
{{- end -}}
{{- end -}}
{{- range concat (list .Values.storage.mountPath .Values.storage.folder) .Values.storage.roots -}}
{{- if regexMatch "(^|/)\\.\\.?(/|$)" . -}}
{{- fail (printf "storage: %s has steps that lead elsewhere; say where it is" .) -}}
{{- end -}}
{{- end -}}
{{- range prepend .Values.storage.roots .Values.storage.folder -}}
{{- if not (hasPrefix $mount (printf "%s/" .)) -}}
{{- fail (printf "storage: %s does not lie below storage.mountPath %s, where nothing is shared" . $.Values.storage.mountPath) -}}
{{- end -}}
{{- end -}}
{{- $names := list -}}
{{- $roots := default (list .Values.storage.mountPath) .Values.storage.roots -}}
{{- range $job := .Values.batch.jobs -}}
{{- $names = append $names .name -}}
{{- range $what := list "plate" "trimap" "alpha" -}}
{{- with index $job $what -}}
{{- $isThere := false -}}
{{- range $roots -}}{{- if hasPrefix (printf "%s/" (trimSuffix "/" .)) (index $job $what) -}}{{- $isThere = true -}}{{- end -}}{{- end -}}
{{- if not $isThere -}}
{{- fail (printf "batch.jobs %s: %s %s lies below none of the folders that callers may name files in: %s" $job.name $what . (join ", " $roots)) -}}
{{- end -}}
{{- end -}}
{{- end -}}
{{- if or (eq .alpha .plate) (eq .alpha (default "" .trimap)) -}}
{{- fail (printf "batch.jobs %s: alpha is the plate's or the trimap's own file" .name) -}}
{{- end -}}
{{- end -}}
{{- if ne (len $names) (len (uniq $names)) -}}
{{- fail "batch.jobs: two have the same name" -}}
{{- end -}}
{{- end -}}
