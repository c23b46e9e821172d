{{/*
A Deployment of silos. Given: root, kind (coordinator, cpu-worker, gpu-worker), role, settings (replicas, resources, …),
image, args (further options), scaled (whether something else says how many).
*/}}
{{- define "matting.silo" -}}
{{- $root := .root -}}
{{- $name := printf "%s-%s" (include "matting.fullname" $root) .kind -}}
apiVersion: apps/v1
kind: Deployment
metadata:
  name: {{ $name }}
  labels:
    {{- include "matting.labels" $root | nindent 4 }}
    app.kubernetes.io/component: {{ .kind }}
spec:
  {{- if eq .kind "gpu-worker" }}
  strategy: # the new pod finds no free GPU until an old one has gone
    type: RollingUpdate
    rollingUpdate: {maxSurge: 0, maxUnavailable: 1}
  {{- end }}
  {{- if not .scaled }}
  replicas: {{ .settings.replicas }}
  {{- end }}
  selector:
    matchLabels:
      {{- include "matting.selector" $root | nindent 6 }}
      app.kubernetes.io/component: {{ .kind }}
  template:
    metadata:
      labels:
        {{- include "matting.labels" $root | nindent 8 }}
        app.kubernetes.io/component: {{ .kind }}
        distributed-matting/silo: "true"
        {{- with .settings.podLabels }}
        {{- toYaml . | nindent 8 }}
        {{- end }}
      {{- with .settings.podAnnotations }}
      annotations:
        {{- toYaml . | nindent 8 }}
      {{- end }}
    spec:
      serviceAccountName: {{ include "matting.serviceAccount" $root | quote }}
      automountServiceAccountToken: false
      enableServiceLinks: false
      terminationGracePeriodSeconds: {{ $root.Values.terminationGracePeriodSeconds }}
      {{- with $root.Values.imagePullSecrets }}
      imagePullSecrets:
        {{- range . }}
        - name: {{ . | quote }}
        {{- end }}
      {{- end }}
      {{- with .settings.priorityClassName }}
      priorityClassName: {{ . | quote }}
      {{- end }}
      {{- with .settings.runtimeClassName }}
      runtimeClassName: {{ . | quote }}
      {{- end }}
      {{- with .settings.nodeSelector }}
      nodeSelector:
        {{- toYaml . | nindent 8 }}
      {{- end }}
      {{- with .settings.tolerations }}
      tolerations:
        {{- toYaml . | nindent 8 }}
      {{- end }}
      {{- with .settings.affinity }}
      affinity:
        {{- toYaml . | nindent 8 }}
      {{- end }}
      topologySpreadConstraints:
        - maxSkew: 1
          topologyKey: {{ $root.Values.spreadTopologyKey | quote }}
          whenUnsatisfiable: ScheduleAnyway
          labelSelector:
            matchLabels:
              {{- include "matting.selector" $root | nindent 14 }}
              app.kubernetes.io/component: {{ .kind }}
      securityContext:
        {{- include "matting.podSecurity" $root | nindent 8 }}
      containers:
        - name: silo
          image: {{ include "matting.image" (dict "root" $root "image" .image) | quote }}
          imagePullPolicy: {{ .image.pullPolicy }}
          command: [/app/matting-silo]
          args:
            - --cluster={{ $root.Values.clusterId }}
            {{- include "matting.redisArgs" $root | nindent 12 }}
            - --advertise=$(POD_IP)
            - --silo-port=11111
            - --gateway-port=30000
            - --listen=0.0.0.0:7700
            - {{ printf "--folder=%s" $root.Values.storage.folder | quote }}
            - {{ printf "--model=%s" $root.Values.model | quote }}
            - --device={{ include "matting.device" $root }}
            - --role={{ .role }}
            {{- range default (list $root.Values.storage.mountPath) $root.Values.storage.roots }}
            - {{ printf "--root=%s" . | quote }}
            {{- end }}
            - --pictures=/var/cache/matting
            - --keys=/etc/matting/keys/{{ $root.Values.apiKeys.file }}
            - --redis-objects-kib={{ $root.Values.redisObjects.maxObjectKib }}
            - --redis-memory-mib={{ $root.Values.redisObjects.maxMemoryMib }}
            {{- with include "matting.publicUrl" $root }}
            - {{ printf "--public-url=%s" . | quote }}
            {{- end }}
            {{- range $root.Values.limits.quota }}
            - {{ printf "--quota=%s" (include "matting.whole" .) | quote }}
            {{- end }}
            {{- with $root.Values.limits.requestsPerSecond }}
            - --requests-per-second={{ . }}
            {{- end }}
            {{- with $root.Values.deadAfterSeconds }}
            - --dead-after={{ . }}
            {{- end }}
            {{- with $root.Values.otlp }}
            - {{ printf "--otlp=%s" . | quote }}
            {{- end }}
            {{- range .args }}
            - {{ . }}
            {{- end }}
            {{- range .settings.extraArgs }}
            - {{ . | quote }}
            {{- end }}
          env:
            - name: POD_IP
              valueFrom: {fieldRef: {fieldPath: status.podIP}}
            {{- with .settings.extraEnv }}
            {{- toYaml . | nindent 12 }}
            {{- end }}
          ports:
            - {name: api, containerPort: 7700}
            - {name: silo, containerPort: 11111}
            - {name: gateway, containerPort: 30000}
          startupProbe: # five minutes to join the farm and load the network
            httpGet: {path: /health/startup, port: api}
            periodSeconds: 5
            timeoutSeconds: 5
            failureThreshold: 60
          readinessProbe:
            httpGet: {path: /health/ready, port: api}
            periodSeconds: 5
            timeoutSeconds: 5
            failureThreshold: 3
          livenessProbe: # asks this process alone: a restart mends no Redis
            httpGet: {path: /health/live, port: api}
            periodSeconds: 10
            timeoutSeconds: 5
            failureThreshold: 6
          resources:
            {{- toYaml .resources | nindent 12 }}
          securityContext:
            {{- include "matting.containerSecurity" $root | nindent 12 }}
          volumeMounts:
            - {name: shared, mountPath: {{ $root.Values.storage.mountPath | quote }}}
            - {name: keys, mountPath: /etc/matting/keys, readOnly: true}
            - {name: pictures, mountPath: /var/cache/matting}
            - {name: tmp, mountPath: /tmp}
            {{- with include "matting.redisSecret" $root }}
            - {name: redis, mountPath: /etc/matting/redis, readOnly: true}
            {{- end }}
      volumes:
        - name: shared
          persistentVolumeClaim: {claimName: {{ include "matting.claim" $root | quote }}}
        - name: keys
          secret:
            secretName: {{ $root.Values.apiKeys.existingSecret | quote }}
            items:
              - {key: {{ $root.Values.apiKeys.file | quote }}, path: {{ $root.Values.apiKeys.file | quote }}}
        - name: pictures # of jobs that are looked at: they go with the pod
          emptyDir: {sizeLimit: 6Gi}
        - name: tmp
          emptyDir: {sizeLimit: 1Gi}
        {{- with include "matting.redisSecret" $root | fromYaml }}
        - name: redis
          secret:
            secretName: {{ .name | quote }}
            items:
              - {key: {{ .key | quote }}, path: {{ .path }}}
        {{- end }}
{{- end -}}

{{- define "matting.podSecurity" -}}
runAsNonRoot: true
runAsUser: {{ int64 .Values.podSecurity.runAsUser }}
runAsGroup: {{ int64 .Values.podSecurity.runAsGroup }}
fsGroup: {{ int64 .Values.podSecurity.fsGroup }}
fsGroupChangePolicy: OnRootMismatch
{{- with .Values.podSecurity.supplementalGroups }}
supplementalGroups:
  {{- range . }}
  - {{ int64 . }}
  {{- end }}
{{- end }}
seccompProfile: {type: RuntimeDefault}
{{- end -}}

{{- define "matting.containerSecurity" -}}
allowPrivilegeEscalation: false
readOnlyRootFilesystem: true
capabilities: {drop: [ALL]}
{{- end -}}
